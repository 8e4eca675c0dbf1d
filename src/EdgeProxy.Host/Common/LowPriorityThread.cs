using System.Runtime.InteropServices;

namespace EdgeProxy.Host.Common;

/// <summary>Lowers the priority of a thread, if the operating system supports it.</summary>
internal static partial class LowPriorityThread
{
    private const int PrioProcess = 0;
    private const int CallingThread = 0;

    // On a busy core about a tenth is left for such a thread. Less would do harm: when it runs out of memory it is the
    // thread that collects the garbage, while all others wait; and a new version must be finished even under full load.
    private const int Niceness = 10;

    /// <summary>Lowers the priority of the calling thread permanently.</summary>
    public static void Enter()
    {
        if (!Mechanisms.LowPriority)
        {
            return;
        }

        if (!OperatingSystem.IsLinux())
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
            return;
        }

        // On Linux the runtime does not set priorities, but each thread has its own niceness.
        try
        {
            _ = SetPriority(PrioProcess, CallingThread, Niceness);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Then it runs at normal priority.
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int priority);
}
