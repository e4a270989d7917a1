package desk.gateway;

import quickfix.Log;

/// Writes nothing: the venue keeps the record of the session, and a logon carries the password.
enum SilentLog implements Log {
    ALL;

    @Override
    public void clear() {}

    @Override
    public void onIncoming(String message) {}

    @Override
    public void onOutgoing(String message) {}

    @Override
    public void onEvent(String text) {}

    @Override
    public void onErrorEvent(String text) {}
}
