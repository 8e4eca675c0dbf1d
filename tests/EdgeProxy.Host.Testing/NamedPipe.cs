using System.Diagnostics;

namespace EdgeProxy.Host.Testing;

/// <summary>Named pipes: opening one waits until somebody opens the other end.</summary>
internal static class NamedPipe
{
    /// <summary>Makes one.</summary>
    public static async Task CreateAsync(string path)
    {
        using var make = Process.Start("mkfifo", [path]);
        await make.WaitForExitAsync();
        Assert.Equal(0, make.ExitCode);
    }
}
