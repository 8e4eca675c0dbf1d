using System.Runtime.InteropServices;

namespace EdgeProxy.Host.Common;

/// <summary>Lowers the priority of a thread, where the operating system has such a thing.</summary>
internal static partial class LowPriorityThread
{
    private const int PrioProcess = 0;
    private const int CallingThread = 0;

    // Of a core that is short, about a tenth is left for such a thread. Less would not be kinder: when it runs out of
    // room it is the one that collects the garbage, while everybody waits; and a new version must come to its end even
    // under full load.
    private const int Niceness = 10;

    /// <summary>Lowers that of the calling thread, for good.</summary>
    public static void Enter()
    {
        if (!OperatingSystem.IsLinux())
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
            return;
        }

        // There the runtime leaves priorities alone; but each thread has a niceness of its own.
        try
        {
            _ = SetPriority(PrioProcess, CallingThread, Niceness);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Then it runs like any other.
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int priority);
}
