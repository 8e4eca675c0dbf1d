using System.Reflection;

namespace EdgeProxy.Host.Common;

/// <summary>The version of the program.</summary>
internal static class ProgramVersion
{
    /// <summary>The version, without the commit it was built from.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
