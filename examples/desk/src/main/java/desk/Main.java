package desk;

import desk.common.Settings;

/// `java -jar desk.jar ROLE`: starts one process of the desk.
final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.err.println("desk.jar venue|gateway|strategy|feed|drop-copy|quotes|load|audit");
            System.exit(2);
        }
        var settings = Settings.fromEnvironment();

        switch (arguments[0]) {
            default -> {
                System.err.println("no such role: " + arguments[0]);
                System.exit(2);
            }
        }
    }
}
