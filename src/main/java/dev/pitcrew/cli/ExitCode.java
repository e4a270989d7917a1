package dev.pitcrew.cli;

/// What a verb's end tells a script. The launcher adds 10 (no JDK) and 11 (the build failed).
public enum ExitCode {
    /// Done, and nothing is wrong.
    OK(0, "done, and nothing is wrong"),
    /// The verb worked and the answer is no: a problem was found, or the act was refused.
    REFUSED(1, "a problem was found, or the act was refused; the output says which"),
    /// The command line can't be understood.
    USAGE(2, "the command line can't be understood"),
    /// The world failed: a file, the network, a process.
    FAILED(3, "the world failed: a file, the network, a process"),
    /// Something is stuck by name and waits for a person.
    STUCK(4, "something is stuck and needs a person"),
    /// A judgement came to no end: more data are needed, or a person decides.
    UNDECIDED(5, "nothing is shown: too few data to judge, or none");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /// The process's exit status, from 0 to 5.
    public int code() {
        return code;
    }

    /// One line for people, without a full stop.
    public String meaning() {
        return meaning;
    }
}
