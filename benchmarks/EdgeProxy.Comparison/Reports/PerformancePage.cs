using System.Text;
using EdgeProxy.Testing;

namespace EdgeProxy.Comparison.Reports;

/// <summary>The page of the documentation that holds the latest figures, each kind between marks of its own.</summary>
internal static class PerformancePage
{
    private const string File = "docs/performance.md";

    /// <summary>Puts figures where they belong.</summary>
    /// <param name="page">The page as it is.</param>
    /// <param name="section">The kind of figures.</param>
    /// <param name="figures">The figures, in Markdown.</param>
    /// <returns>The page with the figures.</returns>
    /// <exception cref="InvalidOperationException">The page has no place for them.</exception>
    public static string Insert(string page, string section, string figures)
    {
        var start = $"<!-- figures: {section} -->\n";
        const string End = "<!-- end of figures -->";
        var from = page.IndexOf(start, StringComparison.Ordinal);
        var to = from < 0 ? -1 : page.IndexOf(End, from, StringComparison.Ordinal);
        if (to < 0)
        {
            throw new InvalidOperationException($"The page has no place for the figures of '{section}'.");
        }

        return new StringBuilder()
            .Append(page.AsSpan(0, from + start.Length))
            .Append('\n').Append(figures.ReplaceLineEndings("\n").TrimEnd('\n')).Append("\n\n")
            .Append(page.AsSpan(to))
            .ToString();
    }

    /// <summary>Reads the page of this repository.</summary>
    public static string Read() => Repository.Read(File);

    /// <summary>Puts figures where they belong in the page of this repository.</summary>
    /// <param name="section">The kind of figures.</param>
    /// <param name="provenance">The day, the commit and the machine.</param>
    /// <param name="figures">The figures, in Markdown.</param>
    public static void Write(string section, string provenance, string figures) =>
        Write(Insert(Read(), section, $"{provenance}\n\n{figures}"));

    /// <summary>Writes the page of this repository.</summary>
    public static void Write(string page) => System.IO.File.WriteAllText(Repository.PathOf(File), page);
}
