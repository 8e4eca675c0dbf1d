using System.Text.RegularExpressions;
using EdgeProxy.Testing;

namespace EdgeProxy.Host.Tests.Commands.Failures;

/// <summary>The lines that docs/troubleshooting.md says the program writes, by the name of the failure.</summary>
internal static partial class FailurePage
{
    private const string Path = "docs/troubleshooting.md";

    /// <summary>The names of the failures, in the order of the page.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Rows().Select(static row => row.Name)];

    /// <summary>The line of a failure as a pattern: what stands in angle brackets differs from case to case.</summary>
    public static Regex Line(string name)
    {
        var parts = Placeholder().Split(Rows().Single(row => row.Name == name).Line).Select(Regex.Escape);
        return new Regex($"{string.Join(".+?", parts)}$", RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1));
    }

    private static IEnumerable<(string Name, string Line)> Rows() => Repository.Read(Path)
        .Split("<!-- failures -->")[1].Split("<!-- end -->")[0].Split('\n')
        .Where(static line => line.StartsWith("| ", StringComparison.Ordinal))
        .Skip(1)
        .Where(static line => !line.StartsWith("| --- |", StringComparison.Ordinal))
        .Select(static line => line.Trim('|', ' ').Split(" | "))
        .Select(static cells => (cells[0], cells[1].Trim('`')));

    [GeneratedRegex("<[^>]+>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
