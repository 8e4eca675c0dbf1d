using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeProxy.Comparison.Plots;

/// <summary>A table of figures of the performance page, which plots are made from.</summary>
internal sealed partial class FigureTable
{
    private readonly string[] _columns;
    private readonly string[][] _rows;

    private FigureTable(string[] columns, string[][] rows)
    {
        _columns = columns;
        _rows = rows;
    }

    /// <summary>The first cells of the rows.</summary>
    public IEnumerable<string> Labels => _rows.Select(static row => row[0]);

    /// <summary>Reads a table of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="section">The name of the marks around the table.</param>
    /// <exception cref="InvalidOperationException">The page has no such table.</exception>
    public static FigureTable Read(string page, string section)
    {
        var parts = page.Split($"<!-- figures: {section} -->\n");
        var rows = parts.Length < 2 ? [] : parts[1].Split("<!-- end of figures -->")[0].Split('\n')
            .Where(static line => line.StartsWith('|'))
            .Select(static line => line.Trim().Trim('|').Split('|').Select(static cell => cell.Trim()).ToArray())
            .ToArray();
        return rows.Length < 3
            ? throw new InvalidOperationException($"The page has no figures of '{section}'.")
            : new FigureTable(rows[0], rows[2..]);
    }

    /// <summary>The number of a cell; null if there is none.</summary>
    /// <param name="label">The first cell of the row.</param>
    /// <param name="column">The heading of the column.</param>
    public double? Find(string label, string column)
    {
        var row = Array.Find(_rows, row => row[0] == label) ?? throw new InvalidOperationException($"There is no row '{label}'.");
        var index = Array.IndexOf(_columns, column);
        var cell = index < 0 ? throw new InvalidOperationException($"There is no column '{column}'.") : row[index];
        return Number().Match(cell) is { Success: true } match
            ? double.Parse(match.Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
            : null;
    }

    [GeneratedRegex(@"^[0-9][0-9,]*(\.[0-9]+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
