using EdgeProxy.Fuzzing.Requests;

namespace EdgeProxy.Fuzzing.Documents;

/// <summary>Tries documents, one after the other, so that one that ends the process is known by its number.</summary>
internal sealed class DocumentFuzzer
{
    private const long SaidEvery = 5_000;

    private readonly FuzzSettings _settings;

    public DocumentFuzzer(FuzzSettings settings)
    {
        _settings = settings;
    }

    /// <summary>Tries until the time is over, or until something is found.</summary>
    public FuzzReport Run(CancellationToken cancellationToken)
    {
        var documents = new DocumentMutator(_settings);
        var started = TimeProvider.System.GetTimestamp();
        var accepted = 0L;
        var (slowest, largest) = (TimeSpan.Zero, 0L);
        var number = _settings.From;
        var last = _settings.Cases is { } cases ? number + cases : long.MaxValue;
        Finding? finding = null;
        for (; number < last && finding is null && !cancellationToken.IsCancellationRequested && TimeProvider.System.GetElapsedTime(started) < _settings.Time; number++)
        {
            if (number % SaidEvery == 0)
            {
                Console.Error.WriteLine($"from document {number}"); // all that is left if the stack overflows
            }

            var document = documents[number];
            if (DocumentSelfTest.Try(document, out var outcome) is { } problem)
            {
                finding = new Finding(number, problem, Reproduce(document));
            }

            accepted += outcome.IsAccepted ? 1 : 0;
            slowest = outcome.Time > slowest ? outcome.Time : slowest;
            largest = Math.Max(largest, outcome.AllocatedBytes);
        }

        return new FuzzReport(
            number - _settings.From,
            $"{accepted} documents accepted; one took {slowest.TotalMilliseconds:F0} ms and one {largest / 1024} KB at most",
            finding is null ? [] : [finding]);
    }

    private static string Reproduce(byte[] document)
    {
        var least = CaseReducer.ReduceAsync(document, static bytes => Task.FromResult(DocumentSelfTest.Try(bytes, out _) is not null)).GetAwaiter().GetResult();
        return $"  the least that does it: printf '{Escaped.Text(least)}'";
    }
}
