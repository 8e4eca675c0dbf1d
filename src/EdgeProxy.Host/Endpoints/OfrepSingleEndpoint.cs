using System.Buffers;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Common.Compression;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Ofrep;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>POST /ofrep/v1/evaluate/flags/{key}</c> (docs/spec/ofrep.md 6): evaluates one flag.</summary>
internal sealed class OfrepSingleEndpoint : OfrepEndpoint, IEndpointDefinition
{
    private readonly AnalyticsOptions _analytics;
    private readonly FlagCountsLedger _ledger;

    public OfrepSingleEndpoint(
        OfrepOptions options,
        IdentityOptions limits,
        AnalyticsOptions analytics,
        FlagCountsLedger ledger,
        TraitIntake intake,
        LoadShedder shedder,
        OffloadedRequests offloaded,
        EvaluationReport report)
        : base(options, limits, intake, shedder, offloaded, report)
    {
        _analytics = analytics;
        _ledger = ledger;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = Define("ofrep_single", OfrepPaths.Flag);

    /// <inheritdoc/>
    protected override bool TryAnswer(
        Exchange exchange, OfrepAnswers answers, EvaluationFrame frame, bool hasIdentity, FlagAudience audience, bool isInline, out Task task)
    {
        task = Task.CompletedTask;
        var feature = Find(frame.Snapshot, OfrepPaths.RawKeyOf(exchange.RawTarget));
        if (feature < 0)
        {
            task = OfrepErrors.FlagNotFound(exchange);
            return true;
        }

        int flag;
        if (!hasIdentity)
        {
            flag = answers.Flags.EnvironmentOutcomes[feature];
        }
        else if (!isInline)
        {
            flag = frame.EvaluateSingle(feature);
            NoteEvaluated(exchange, frame);
        }
        else if (!frame.TryEvaluateSingle(feature, OffloadedRequests.StepsInline, out flag))
        {
            return false;
        }

        var text = answers.Flags.Single(flag, audience);
        if (text.Length == 0)
        {
            task = OfrepErrors.FlagNotFound(exchange);
            return true;
        }

        Count(exchange, frame.Snapshot, feature);
        if (ResponseWriter.StartJson(exchange, ContentCoding.Identity, text.Length))
        {
            text.CopyTo(exchange.ResponseBody.GetSpan(text.Length));
            exchange.ResponseBody.Advance(text.Length);
        }

        return true;
    }

    /// <summary>
    /// Finds a feature by the key in a path: as it stands there, or else without a final slash, or with blanks for pluses,
    /// as some providers escape them.
    /// </summary>
    private static int Find(EnvironmentSnapshot snapshot, ReadOnlySpan<char> raw)
    {
        var room = ArrayPool<byte>.Shared.Rent(PercentText.MaxLength(raw.Length));
        var feature = -1;
        foreach (var plusIsBlank in (ReadOnlySpan<bool>)[false, true])
        {
            var key = room.AsSpan(0, PercentText.Decode(raw, plusIsBlank, room));
            feature = snapshot.FindFeature(key);
            if (feature < 0 && raw is [.., '/'])
            {
                feature = snapshot.FindFeature(key[..^1]);
            }

            if (feature >= 0 || !raw.Contains('+'))
            {
                break;
            }
        }

        ArrayPool<byte>.Shared.Return(room);
        return feature;
    }

    private void Count(Exchange exchange, EnvironmentSnapshot snapshot, int feature)
    {
        if (!Options.CountsEvaluations || !_analytics.IsEnabled || exchange.Environment!.IsOffline)
        {
            return;
        }

        var counts = _ledger.Of(exchange.Environment.ClientSideKey);
        if (counts.Add(counts.Find(RequestLabels.Of(exchange.RequestHeaders)), snapshot.FeatureName(feature), 1, snapshot) == EntryOutcome.Accepted)
        {
            _ledger.Counted.Request();
        }
    }
}
