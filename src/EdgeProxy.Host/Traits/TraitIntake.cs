using System.Numerics;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Host.Traits;

/// <summary>
/// Takes identities from the threads that answer requests (docs/spec/traits.md 2.1): a copy into a buffer of the processor,
/// which never waits and allocates nothing. One other thread reads the buffers.
/// </summary>
internal sealed class TraitIntake
{
    /// <summary>The largest text of the traits of one identity, in bytes.</summary>
    public const int MaxTraitBytes = 32 * 1024;

    // About a tenth of a second of requests of one core; larger than the largest record.
    private const int ChunkBytes = 256 * 1024;

    private readonly IntakeStripe[] _stripes;
    private readonly TraitForwardingOptions _options;
    private readonly TraitSources _sources;
    private readonly TraitMetrics _metrics;

    public TraitIntake(TraitForwardingOptions options, TraitSources sources, TraitMetrics metrics)
    {
        _options = options;
        _sources = sources;
        _metrics = metrics;
        var stripes = options.IsEnabled ? (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount) : 0;
        _stripes = [.. Enumerable.Range(0, stripes).Select(static _ => new IntakeStripe(ChunkBytes))];
    }

    /// <summary>Indicates whether anything is taken.</summary>
    public bool IsEnabled => _options.IsEnabled;

    /// <summary>Indicates whether identities without traits are taken too.</summary>
    public bool TakesAll => _options is { IsEnabled: true, Identities: ForwardedIdentities.All };

    /// <summary>Requested when anything was taken.</summary>
    public WakeUp Taken { get; } = new();

    /// <summary>Requested when a buffer is half full.</summary>
    public WakeUp Filling { get; } = new();

    /// <summary>Takes the identity of a request, if it qualifies.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="snapshot">The environment.</param>
    /// <param name="audience">The audience of the key.</param>
    /// <param name="identifier">The identifier as JSON, with its quotes.</param>
    /// <param name="body">The body that the traits are in.</param>
    /// <param name="traits">The traits.</param>
    public void Take(
        Exchange exchange, EnvironmentSnapshot snapshot, FlagAudience audience, ReadOnlySpan<byte> identifier, ReadOnlySpan<byte> body, ReadOnlySpan<TraitTokens> traits)
    {
        var environment = exchange.Environment!;
        if (!IsEnabled || environment.IsOffline || !snapshot.PersistTraitData)
        {
            return;
        }

        var (count, text) = audience == FlagAudience.Client && !snapshot.AllowClientTraits ? (0, 0) : Measure(traits);
        if (count == 0 && !TakesAll)
        {
            return;
        }

        if (text > MaxTraitBytes)
        {
            _metrics.CountLost(TraitLoss.TooLarge);
            return;
        }

        var source = _sources.Of(EnvironmentKeys.Of(exchange), environment.ClientSideKey);
        var labels = RequestLabels.Of(exchange.RequestHeaders);
        var stripe = _stripes[Thread.GetCurrentProcessorId() & (_stripes.Length - 1)];
        var length = TraitRecord.Measure(identifier.Length, in labels, count, text);
        if (!stripe.TryReserve(length, out var room, out var chunk))
        {
            _metrics.CountLost(TraitLoss.BufferFull);
            return;
        }

        room = TraitRecord.Begin(room, source.Number, identifier, in labels, count);
        if (count > 0)
        {
            Write(room, body, traits);
        }

        chunk.Complete(length);
        Taken.Request();
        if (chunk.IsHalfFull)
        {
            Filling.Request();
        }
    }

    /// <summary>Moves everything that was taken into the queue. One thread at a time.</summary>
    public void MoveTo(TraitQueue queue)
    {
        foreach (var stripe in _stripes)
        {
            if (stripe.Take() is not { } chunk)
            {
                continue;
            }

            try
            {
                for (var rest = chunk.Records; !rest.IsEmpty;)
                {
                    var record = new TraitRecord(rest);
                    queue.Add(in record, _sources[record.Source]);
                    rest = rest[record.Length..];
                }
            }
            finally
            {
                stripe.GiveBack(chunk);
            }
        }
    }

    private static (int Count, int Text) Measure(ReadOnlySpan<TraitTokens> traits)
    {
        var (count, text) = (0, 0);
        foreach (ref readonly var trait in traits)
        {
            if (!trait.IsTransient)
            {
                count++;
                text += trait.KeyLength + (trait.ValueLength == 0 ? "null"u8.Length : trait.ValueLength);
            }
        }

        return (count, text);
    }

    private static void Write(Span<byte> room, ReadOnlySpan<byte> body, ReadOnlySpan<TraitTokens> traits)
    {
        foreach (ref readonly var trait in traits)
        {
            if (!trait.IsTransient)
            {
                var value = trait.ValueLength == 0 ? "null"u8 : body.Slice(trait.ValueStart, trait.ValueLength);
                room = TraitRecord.Write(room, body.Slice(trait.KeyStart, trait.KeyLength), value);
            }
        }
    }
}
