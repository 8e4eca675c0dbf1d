using System.Diagnostics;

namespace EdgeProxy.Host.Tests.Commands.Failures;

/// <summary>A test that mounts a file system in a namespace of its own; skipped where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NamespaceFactAttribute : FactAttribute
{
    private static readonly bool IsAllowed = Try();

    public NamespaceFactAttribute()
    {
        if (!IsAllowed)
        {
            Skip = "unshare may not mount here";
        }
    }

    private static bool Try()
    {
        try
        {
            using var unshare = Process.Start(new ProcessStartInfo("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]) { RedirectStandardError = true, UseShellExecute = false });
            return unshare!.WaitForExit(TimeSpan.FromSeconds(10)) && unshare.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such program
        }
    }
}
