using System.Globalization;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Load;

/// <summary><c>wrk</c>, with one thread.</summary>
internal sealed class Wrk : ILoadTool
{
    private const string ResultMark = "result ";

    private readonly int _pipelined;

    /// <param name="pipelined">The number of requests that a connection sends at a time, before it waits for their answers.</param>
    public Wrk(int pipelined = 1)
    {
        _pipelined = pipelined;
    }

    /// <inheritdoc/>
    public string Name => "wrk";

    /// <inheritdoc/>
    public async Task<LoadResult> RunAsync(Uri server, HttpQuestion question, int connections, TimeSpan duration)
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("ask.lua", Script(question, _pipelined, directory));
        var output = await LoadCommand.RunAsync(
            "wrk", ["-t1", $"-c{connections}", $"-d{duration.TotalSeconds:0}s", "-s", script, new Uri(server, question.Path).AbsoluteUri]);
        return Read(output);
    }

    /// <summary>Reads the line that the script prints in the end.</summary>
    public static LoadResult Read(string output)
    {
        var line = output.Split('\n').Single(static line => line.StartsWith(ResultMark, StringComparison.Ordinal));
        var numbers = line[ResultMark.Length..].Split(' ').Select(static text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return new LoadResult(
            (long)numbers[0],
            (long)numbers[1],
            TimeSpan.FromMicroseconds(numbers[2]),
            TimeSpan.FromMicroseconds(numbers[3]),
            TimeSpan.FromMicroseconds(numbers[4]),
            TimeSpan.FromMicroseconds(numbers[5]));
    }

    /// <summary>The script that asks a question.</summary>
    internal static string Script(HttpQuestion question, int pipelined, TemporaryDirectory directory)
    {
        var headers = string.Join('\n', question.Headers.Select(static header => $"wrk.headers[\"{header.Key}\"] = \"{header.Value}\""));
        var body = question.Body is null
            ? ""
            : $"""
              wrk.method = "POST"
              wrk.body = io.open("{directory.Write("body", question.Body)}", "rb"):read("*a")
              """;
        var numbered = question.Numbered is null
            ? ""
            : $"""
              local from, to = wrk.body:find("{question.Numbered}", 1, true)
              local before, after, number = wrk.body:sub(1, to), wrk.body:sub(to + 1), 0
              function request()
                number = (number + 1) % {question.Numbers}
                return wrk.format(nil, nil, nil, before .. number .. after)
              end
              """;
        var batch = pipelined == 1
            ? ""
            : $"""
              local batch
              function request()
                batch = batch or wrk.format():rep({pipelined})
                return batch
              end
              """;
        return $"""
            {headers}
            {body}
            {numbered}
            {batch}
            function done(summary, latency, requests)
              local e = summary.errors
              io.write(string.format("{ResultMark}%d %d %d %d %d %d\n",
                summary.requests, e.connect + e.read + e.write + e.status + e.timeout, summary.duration,
                latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
            end
            """;
    }
}
