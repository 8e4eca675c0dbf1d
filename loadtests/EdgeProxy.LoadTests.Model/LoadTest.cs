using System.Text.Json;
using EdgeProxy.LoadTests.Model.Answers;
using EdgeProxy.LoadTests.Model.Requests;
using EdgeProxy.LoadTests.Model.Verdicts;

namespace EdgeProxy.LoadTests.Model;

/// <summary>Runs plans one after the other, so that none disturbs another, and says what came of them.</summary>
internal sealed class LoadTest
{
    /// <summary>Every plan reached its pass marks.</summary>
    public const int Passed = 0;

    /// <summary>Some plan did not.</summary>
    public const int Failed = 1;

    /// <summary>Nothing was measured: the server does not answer as it must even when nothing else is asked of it.</summary>
    public const int NotRun = 2;

    private const string VerdictFile = "verdict.txt";

    private readonly LoadTestOptions _options;
    private readonly Func<LoadRun, IReadOnlyList<RequestFigures>> _generate;
    private readonly TextWriter _output;

    /// <param name="options">The options.</param>
    /// <param name="generate">The load generator: runs a plan, and returns what it measured of each kind of request.</param>
    /// <param name="output">The writer for verdicts, in addition to the report folder.</param>
    public LoadTest(LoadTestOptions options, Func<LoadRun, IReadOnlyList<RequestFigures>> generate, TextWriter output)
    {
        _options = options;
        _generate = generate;
        _output = output;
    }

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        using var target = new LoadTarget(_options.Server);
        if (await LearnAsync(target) is not var (check, tag))
        {
            return NotRun;
        }

        var verdicts = new List<PlanVerdict>();
        foreach (var plan in _options.Plans)
        {
            var figures = _generate(new LoadRun(plan, new RequestStream(plan.Mix, _options.Keys, tag), target, check, _options));
            verdicts.Add(PlanVerdict.Of(plan, figures, _options.Marks));
        }

        var passed = verdicts.TrueForAll(static verdict => verdict.Passed);
        string[] lines = [.. verdicts.SelectMany(static verdict => verdict.Lines), passed ? "PASSED" : "FAILED"];
        Directory.CreateDirectory(_options.ReportFolder);
        await File.WriteAllLinesAsync(Path.Combine(_options.ReportFolder, VerdictFile), lines);
        foreach (var line in lines)
        {
            await _output.WriteLineAsync(line);
        }

        return passed ? Passed : Failed;
    }

    /// <summary>Gets the document, which says what answers look like. A wrong key or address is not worth an hour of load.</summary>
    private async Task<(AnswerCheck Check, string Tag)?> LearnAsync(LoadTarget target)
    {
        try
        {
            var answer = await target.AskAsync(LoadRequest.Document(_options.Keys));
            if (answer is not { Status: 200, Tag: { } tag })
            {
                return await RefuseAsync($"The document came with status {answer.Status}; does --server-key belong to {_options.Server}?");
            }

            using var document = JsonDocument.Parse(answer.Body);
            var check = new AnswerCheck(KnownFeatures.Read(document.RootElement));
            var flags = new RequestStream(RequestMix.Flags, _options.Keys, tag).Next();
            var outcome = await target.TryAsync(flags, check);
            return outcome.Problem is null ? (check, tag) : await RefuseAsync($"The flags are not as they must be: {outcome.Problem}. Does --key go with --server-key?");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return await RefuseAsync($"{_options.Server} does not answer: {exception.Message}");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return await RefuseAsync($"The document cannot be read: {exception.Message}");
        }
    }

    private async Task<(AnswerCheck Check, string Tag)?> RefuseAsync(string reason)
    {
        await _output.WriteLineAsync(reason);
        return null;
    }
}
