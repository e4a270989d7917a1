package dev.pitcrew.runtime.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/// Functions of the C library, for what the kernel tells and the JDK does not.
public final class CLibrary {
    private CLibrary() {}

    /// A call of one.
    public interface Call {
        /// What it returned.
        long made() throws Throwable;
    }

    /// Calls it.
    public static long call(Call call) {
        try {
            return call.made();
        } catch (Throwable e) { // none of these functions throws
            throw new IllegalStateException(e);
        }
    }

    /// A function by its name.
    ///
    /// @throws java.util.NoSuchElementException when this system's library has none of that name
    @SuppressWarnings(
            "restricted") // native code: a few functions that take numbers and our own memory
    public static MethodHandle function(
            String name, FunctionDescriptor shape, Linker.Option... options) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
    }
}
