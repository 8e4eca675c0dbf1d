using System.Runtime.InteropServices;

namespace EdgeProxy.Instructions;

/// <summary>
/// A call that callgrind (<c>--dump-before</c>) recognizes: it writes down what was counted since the previous one, and
/// starts at zero. The function is one that nothing else calls, and that does nothing.
/// </summary>
internal static partial class CallgrindMark
{
    /// <summary>Ends a part of the count.</summary>
    public static void Set() => _ = GetDtablesize();

    [LibraryImport("libc", EntryPoint = "getdtablesize")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetDtablesize();
}
