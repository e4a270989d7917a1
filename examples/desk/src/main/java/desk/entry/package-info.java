/// The order-entry front: what clients talk to, in as many copies as one likes, because it remembers nothing.
package desk.entry;
