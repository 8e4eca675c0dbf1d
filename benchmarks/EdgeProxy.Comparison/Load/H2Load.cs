using System.Globalization;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Load;

/// <summary><c>h2load</c> over HTTP/1.1, with one thread. It writes each answer's time down; percentiles come from those.</summary>
internal sealed class H2Load : ILoadTool
{
    private const int Status = 1;
    private const int Microseconds = 2;

    private readonly int? _requestsPerSecond;

    /// <param name="requestsPerSecond">The requests per second; null for as many as are answered.</param>
    public H2Load(int? requestsPerSecond = null)
    {
        _requestsPerSecond = requestsPerSecond;
    }

    /// <inheritdoc/>
    public string Name => "h2load";

    /// <inheritdoc/>
    public async Task<LoadResult> RunAsync(Uri server, HttpQuestion question, int connections, TimeSpan duration)
    {
        using var directory = new TemporaryDirectory();
        var log = directory.PathOf("log");
        List<string> arguments = ["--h1", "-t1", $"-c{connections}", $"-D{duration.TotalSeconds:0}", $"--log-file={log}"];
        arguments.AddRange(question.Headers.SelectMany(static header => (string[])["-H", $"{header.Key}: {header.Value}"]));
        if (question.Body is not null)
        {
            arguments.AddRange(["-d", directory.Write("body", question.Body)]);
        }

        if (_requestsPerSecond is { } rate)
        {
            arguments.Add($"--rps={rate / connections}");
        }

        await LoadCommand.RunAsync("h2load", [.. arguments, new Uri(server, question.Path).AbsoluteUri]);
        return Read(File.ReadLines(log), duration, question.IsKnown ? "304" : "200");
    }

    /// <summary>Reads what it wrote down: a line an answer, of start, status and microseconds. Every other status is a failure.</summary>
    public static LoadResult Read(IEnumerable<string> log, TimeSpan duration, string expectedStatus = "200")
    {
        var times = new List<long>();
        var failures = 0;
        foreach (var line in log)
        {
            var fields = line.Split('\t');
            if (fields[Status] == expectedStatus)
            {
                times.Add(long.Parse(fields[Microseconds], CultureInfo.InvariantCulture));
            }
            else
            {
                failures++;
            }
        }

        times.Sort();
        return new LoadResult(times.Count, failures, duration, Percentile(times, 0.5), Percentile(times, 0.99), Percentile(times, 0.999));
    }

    private static TimeSpan Percentile(List<long> sorted, double share) =>
        sorted.Count == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(sorted[(int)Math.Ceiling(share * sorted.Count) - 1]);
}
