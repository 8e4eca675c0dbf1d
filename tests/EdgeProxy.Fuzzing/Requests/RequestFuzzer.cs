using System.Collections.Concurrent;
using EdgeProxy.Fuzzing.Responses;

namespace EdgeProxy.Fuzzing.Requests;

/// <summary>Tries cases on a few connections at a time, while a bystander asks what it always asks.</summary>
internal sealed class RequestFuzzer
{
    private const int AtATime = 8;

    // What a connection leaves in the log comes when it is over for the proxy, too.
    private static readonly TimeSpan LogDelay = TimeSpan.FromMilliseconds(10);

    private readonly FuzzedProxy _proxy;
    private readonly FuzzSettings _settings;
    private readonly RequestCases _cases;
    private readonly ConcurrentQueue<Finding> _findings = new();
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private long _next;

    public RequestFuzzer(FuzzedProxy proxy, FuzzSettings settings)
    {
        _proxy = proxy;
        _settings = settings;
        _cases = new RequestCases(settings);
        _next = settings.From;
    }

    /// <summary>Tries until the time is over, or until something is found.</summary>
    public async Task<FuzzReport> RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var bystander = new Bystander();
        try
        {
            var judge = new RequestJudge(await KnownAnswers.AskAsync(_proxy.Address, cancellationToken));
            end.CancelAfter(_settings.Time);
            var watching = WatchAsync(bystander, end);
            await Task.WhenAll(Enumerable.Range(0, AtATime).Select(_ => TryAsync(judge, end)));
            await end.CancelAsync();
            await watching;
        }
        catch (MalformedResponseException exception)
        {
            _findings.Enqueue(new Finding(-1, exception.Message, "  before the first case"));
        }

        var statuses = string.Join(", ", _statuses.OrderBy(static pair => pair.Key).Select(static pair => $"{pair.Value} × {pair.Key}"));
        return new FuzzReport(
            Math.Min(_next, Last) - _settings.From,
            $"answers {statuses}; a bystander got {bystander.Answered} right ones, after {bystander.LongestWait.TotalMilliseconds:F0} ms at most",
            [.. _findings]);
    }

    private long Last => _settings.Cases is { } cases ? _settings.From + cases : long.MaxValue;

    private async Task WatchAsync(Bystander bystander, CancellationTokenSource end)
    {
        if (await bystander.RunAsync(_proxy.Address, end.Token) is { } problem)
        {
            _findings.Enqueue(new Finding(_next, problem, "  it may have been any of the cases just before this one"));
            await end.CancelAsync();
        }
    }

    private async Task TryAsync(RequestJudge judge, CancellationTokenSource end)
    {
        while (!end.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _next) - 1;
            if (number >= Last)
            {
                return;
            }

            // Each to its end: a case that was cut short says nothing.
            var @case = _cases[number];
            var problem = judge.Judge(@case, await Conversation.RunAsync(_proxy.Address, @case, CancellationToken.None), Count);
            if (problem is not null)
            {
                await end.CancelAsync();
                _findings.Enqueue(new Finding(number, problem, await ReproduceAsync(judge, @case)));
            }
            else if (_proxy.TakeError() is { } error)
            {
                await end.CancelAsync();
                @case = await FindLoggedAsync(@case);
                _findings.Enqueue(new Finding(@case.Number, $"the proxy logs {error}", await ReproduceAsync(judge, @case)));
            }
        }
    }

    private void Count(int status) => _statuses.AddOrUpdate(status, 1, static (_, count) => count + 1);

    /// <summary>Finds which of the concurrent cases it was; the log does not say.</summary>
    private async Task<RequestCase> FindLoggedAsync(RequestCase @case)
    {
        for (var number = Math.Max(_settings.From, @case.Number - (4 * AtATime)); number < @case.Number + AtATime; number++)
        {
            await Conversation.RunAsync(_proxy.Address, _cases[number], CancellationToken.None);
            await Task.Delay(LogDelay, TimeProvider.System);
            if (_proxy.TakeError() is not null)
            {
                return _cases[number];
            }
        }

        return @case;
    }

    private async Task<string> ReproduceAsync(RequestJudge judge, RequestCase @case)
    {
        var where = _proxy.Address;
        async Task<bool> GoesWrongAsync(byte[] bytes)
        {
            var attempt = new RequestCase(@case.Number, [bytes]) { IsReset = @case.IsReset };
            var transcript = await Conversation.RunAsync(where, attempt, CancellationToken.None);
            await Task.Delay(LogDelay, TimeProvider.System);
            return judge.Judge(attempt, transcript, static _ => { }) is not null || _proxy.TakeError() is not null;
        }

        var bytes = @case.Bytes;
        if (@case.IsWellFormed || !await GoesWrongAsync(bytes))
        {
            return $"  it takes the pieces of the case: {string.Join(" | ", @case.Pieces.Select(static piece => Escaped.Text(piece)))}";
        }

        var least = await CaseReducer.ReduceAsync(bytes, GoesWrongAsync);
        if (@case.IsReset)
        {
            return $"  the least that does it, with a reset behind: {Escaped.Text(least)}";
        }

        return $"  the least that does it: printf '{Escaped.Text(least)}' | nc -N 127.0.0.1 8000";
    }
}
