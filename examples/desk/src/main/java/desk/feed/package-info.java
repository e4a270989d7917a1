/// The feed handler: two lines come in, one feed goes out. Read [desk.feed.Arbiter] first.
package desk.feed;
