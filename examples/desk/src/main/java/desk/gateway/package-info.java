/// The order gateway: HTTP orders in, FIX 4.4 out, executions back. What is acknowledged to a client is durable first,
/// in an order store that the active and the standby process share. Read [desk.gateway.Gateway] first, then
/// [desk.gateway.OrderStore], where the rules of an order's life are transactions.
package desk.gateway;
