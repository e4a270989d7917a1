/// A trading strategy of which one instance may be active: quotes in, orders out through the gateway's front, each with
/// the activation token, so that the gateway refuses an older instance. Read [desk.strategy.Strategy] first.
package desk.strategy;
