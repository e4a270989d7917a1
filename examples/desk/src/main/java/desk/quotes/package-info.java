/// A stateless API of quotes over the feed handler: the kind of service that may run any number of times.
package desk.quotes;
