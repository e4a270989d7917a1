/// The venue, the judge of truth. FIX 4.4 orders come in, execution reports, drop copies and two market-data lines go
/// out, and its files tell everything. Read [desk.venue.Exchange] first, then [desk.venue.Trading].
package desk.venue;
