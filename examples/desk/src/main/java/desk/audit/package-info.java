/// The audit: files of clients, venue and drop copy come in, one verdict goes out. Read [desk.audit.Verdict] first,
/// then [desk.audit.Audit].
package desk.audit;
