using System.Text;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Commands;

/// <summary>A table for a terminal: columns as wide as their longest cell.</summary>
internal static class TextTable
{
    /// <summary>Appends a table.</summary>
    /// <param name="text">Receives the lines.</param>
    /// <param name="rows">The rows, the first of which has the headings.</param>
    public static void Append(StringBuilder text, IReadOnlyList<string[]> rows)
    {
        var lines = rows.Select(static row => row.Select(LogText.Escape).ToArray()).ToList(); // names come from documents
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => lines.Max(row => row[column].Length)).ToArray();
        foreach (var row in lines)
        {
            text.Append(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
        }
    }
}
