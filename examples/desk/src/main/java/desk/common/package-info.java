/// What all roles share: settings in, JSON over HTTP and lines in files out. Read [desk.common.Operated] first, then
/// [desk.common.OperatorPort].
package desk.common;
