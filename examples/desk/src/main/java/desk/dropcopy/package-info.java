/// The drop-copy recorder: what the venue says happened, independent of the gateway. Execution reports of a read-only
/// session come in; a file, open orders and positions go out. Read [desk.dropcopy.Copies] first.
package desk.dropcopy;
