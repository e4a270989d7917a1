/// Many clients that send orders at a fixed rate, whatever the desk does, and write down what they were told. Read
/// [desk.load.Client] first.
package desk.load;
