package desk.gateway;

/// Who may send, as the store knows it: one row, read in the transaction that marks orders as sending.
///
/// @param highestToken highest that any instance has seen
/// @param activeToken of the last activation
/// @param holder instance of the last activation; empty before the first
/// @param killed whether the kill latch is set
/// @param readableBy data formats that may read this store, separated by spaces
/// @param nextSender number of the next FIX message to send: every number below may have been used
/// @param nextTarget number of the next FIX message whose effect isn't stored yet
record Control(
        long highestToken,
        long activeToken,
        String holder,
        boolean killed,
        String readableBy,
        int nextSender,
        int nextTarget) {
    boolean heldBy(String instance, long token) {
        return token > 0 && activeToken == token && holder.equals(instance);
    }
}
