using System.Buffers;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Overload;

namespace EdgeProxy.Host.Endpoints;

/// <summary>An endpoint for evaluations that SDKs counted (docs/spec/analytics.md 1): gets the body in one piece, and reads a large one on the thread pool.</summary>
internal abstract class AnalyticsEndpoint : BodyEndpoint
{
    private const int MaxBodyBytes = 1024 * 1024;

    private readonly AnalyticsOptions _options;

    protected AnalyticsEndpoint(AnalyticsOptions options, IdentityOptions limits, FlagCountsLedger ledger, AnalyticsMetrics metrics, LoadShedder shedder)
        : base(shedder, Math.Min(MaxBodyBytes, limits.MaxRequestBodyBytes))
    {
        _options = options;
        Ledger = ledger;
        Metrics = metrics;
    }

    /// <summary>The counts of all environments.</summary>
    protected FlagCountsLedger Ledger { get; }

    /// <summary>Counts the entries.</summary>
    protected AnalyticsMetrics Metrics { get; }

    /// <inheritdoc/>
    protected sealed override Task AnswerBody(Exchange exchange, KeyBinding binding, in ReadOnlySequence<byte> body)
    {
        var isLarge = body.Length > OffloadedRequests.BodyInlineUpTo;
        if (body.IsSingleSegment && !isLarge)
        {
            return Answer(exchange, binding.Environment, WithoutMark(body.First));
        }

        var length = (int)body.Length;
        var contiguous = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(contiguous);
        if (isLarge)
        {
            return AnswerLaterAsync(exchange, binding.Environment, contiguous, length);
        }

        var task = Answer(exchange, binding.Environment, WithoutMark(contiguous.AsMemory(0, length)));
        ArrayPool<byte>.Shared.Return(contiguous);
        return task;
    }

    /// <summary>Answers a request.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="environment">The environment of its key.</param>
    /// <param name="body">The whole body without a byte order mark, valid until the method returns.</param>
    protected abstract Task Answer(Exchange exchange, EnvironmentState environment, ReadOnlyMemory<byte> body);

    /// <summary>Determines whether the evaluations of an environment are counted; if not, they are only read.</summary>
    protected bool IsCounted(EnvironmentState environment) => _options.IsEnabled && !environment.IsOffline;

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body[^RequestBody.WithoutMark(body.Span).Length..];

    /// <summary>Answers on the thread pool: a large body would hold up the other connections of this thread.</summary>
    private async Task AnswerLaterAsync(Exchange exchange, EnvironmentState environment, byte[] body, int length)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await Answer(exchange, environment, WithoutMark(body.AsMemory(0, length)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }
}
