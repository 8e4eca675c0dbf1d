using System.Globalization;
using EdgeProxy.Benchmarks.Serving;

namespace EdgeProxy.Instructions;

/// <summary>
/// <c>EdgeProxy.Instructions REQUESTS [ROW...]</c>: answers the requests of these rows, or of all, one after the other on this thread,
/// each row between two marks, and prints the names of the rows.
/// </summary>
internal static class InstructionRun
{
    private const int WarmUp = 100;

    /// <summary>Runs the command; returns the exit code.</summary>
    /// <param name="options">The number of requests of a row, and the rows.</param>
    /// <param name="output">The output.</param>
    public static int Run(string[] options, TextWriter output)
    {
        if (options is not [var number, .. var names] || !int.TryParse(number, CultureInfo.InvariantCulture, out var requests) || !names.All(InstructionRows.All.ContainsKey))
        {
            output.WriteLine($"Usage: EdgeProxy.Instructions REQUESTS [ROW...], with rows of: {string.Join("; ", InstructionRows.All.Keys)}");
            return 1;
        }

        foreach (var name in names.Length == 0 ? InstructionRows.All.Keys : names)
        {
            output.WriteLine(name);
            var request = InstructionRows.All[name]();
            Answer(request, WarmUp);
            CallgrindMark.Set();
            Answer(request, requests);
            CallgrindMark.Set();
        }

        return 0;
    }

    private static void Answer(ServedRequest request, int times)
    {
        for (var i = 0; i < times; i++)
        {
            if (!request.Answer().IsCompletedSuccessfully)
            {
                throw new InvalidOperationException("The request goes on after it has returned: that cannot be counted on this thread.");
            }
        }
    }
}
