using System.Buffers;
using System.Globalization;
using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Explanations;

/// <summary>Writes explanations as JSON (docs/spec/explain.md 2).</summary>
internal sealed partial class ExplanationWriter : IDisposable
{
    // The size that a browser or a terminal can still show; flags beyond it are written without their rules.
    private const int MaxBytesWithRules = 8 * 1024 * 1024;

    private readonly ExplanationRequest _request;
    private readonly EnvironmentModel _model;
    private readonly KeyText _keys;
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly Utf8JsonWriter _writer;
    private readonly Dictionary<string, FeatureState> _states = new(StringComparer.Ordinal);

    /// <param name="request">The request.</param>
    /// <param name="model">The environment.</param>
    public ExplanationWriter(ExplanationRequest request, EnvironmentModel model)
    {
        _request = request;
        _model = model;
        _keys = new KeyText(model.Key);
        _writer = new Utf8JsonWriter(_body, CompactJson.Options with { MaxDepth = int.MaxValue });
        if (request.Identity is null)
        {
            foreach (var state in model.Features)
            {
                _states[state.Name] = state;
            }
        }
    }

    private bool HasRoom => _body.WrittenCount + _writer.BytesPending < MaxBytesWithRules;

    /// <summary>Writes an explanation.</summary>
    public ReadOnlyMemory<byte> Write(EnvironmentExplanation explanation)
    {
        _writer.WriteStartObject();
        WriteEnvironment();
        WriteIdentity(explanation);
        _writer.WriteStartArray("flags"u8);
        foreach (var flag in explanation.Flags)
        {
            WriteFlag(flag);
        }

        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _writer.Flush();
        return _body.WrittenMemory;
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void WriteEnvironment()
    {
        var document = _request.Environment.Document;
        _writer.WriteStartObject("environment"u8);
        _writer.WriteString("name"u8, _model.Name);
        _writer.WriteString("key"u8, _keys.Masked);
        JsonTime.Write(_writer, "updated_at"u8, document.UpdatedAt);
        _writer.WriteString("revision"u8, document.Version);
        if (_request.AgeSeconds is { } age)
        {
            _writer.WriteNumber("age_seconds"u8, Math.Round(age, 3));
        }

        _writer.WriteString("audience"u8, _request.Audience == FlagAudience.Client ? "client"u8 : "server"u8);
        _writer.WriteEndObject();
    }

    private void WriteIdentity(EnvironmentExplanation explanation)
    {
        if (_request.Identity is not { } identity)
        {
            _writer.WriteNull("identity"u8);
            return;
        }

        _writer.WriteStartObject("identity"u8);
        _writer.WriteString("identifier"u8, identity.Identifier);
        _writer.WriteString("key"u8, _keys.OfValue(explanation.IdentityKey!));
        _writer.WriteBoolean("transient"u8, _request.IsTransient);
        _writer.WriteStartArray("traits"u8);
        foreach (var (key, value) in _request.SentTraits ?? identity.Traits)
        {
            _writer.WriteStartObject();
            _writer.WriteString("trait_key"u8, key);
            WriteScalar("trait_value"u8, value);
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
        if (_request.IgnoredTraits is { } because)
        {
            _writer.WriteString("ignored_traits"u8, because);
        }

        _writer.WriteEndObject();
    }

    private void WriteFlag(FlagExplanation flag)
    {
        _writer.WriteStartObject();
        _writer.WriteString("feature"u8, flag.Flag.Name);
        _writer.WriteBoolean("enabled"u8, flag.Flag.Enabled);
        WriteScalar("value"u8, flag.Flag.Value);
        _writer.WriteString("variant"u8, flag.Flag.Variant);
        _writer.WriteString("reason"u8, flag.Flag.Reason);
        _writer.WriteString("summary"u8, _keys.OfSentence(flag.Summary));
        WriteDecision(flag);
        _writer.WriteStartArray("candidates"u8);
        foreach (var candidate in flag.Overrides)
        {
            WriteCandidate(candidate, flag.Winner);
        }

        _writer.WriteEndArray();
        if (flag.Winner?.Segment is { } segment)
        {
            WriteRules(segment);
        }

        WriteVariants(flag.Variants);
        if (_request.Identity is null)
        {
            WriteOffers(flag.Flag.Name);
        }

        WriteVisibility(flag);
        _writer.WriteEndObject();
    }

    private void WriteDecision(FlagExplanation flag)
    {
        _writer.WriteStartObject("decided_by"u8);
        _writer.WriteString("kind"u8, flag.DecidedBy switch { OverrideKind.Segment => "segment"u8, OverrideKind.Identity => "identity_override"u8, _ => "environment"u8 });
        if (flag.Winner is { Segment: { } segment } winner)
        {
            WriteSegmentName(segment, winner.Priority);
        }

        _writer.WriteEndObject();
    }

    private void WriteCandidate(OverrideExplanation candidate, OverrideExplanation? winner)
    {
        _writer.WriteStartObject();
        _writer.WriteString("kind"u8, candidate.Kind == OverrideKind.Identity ? "identity_override"u8 : "segment"u8);
        if (candidate.Segment is { } segment)
        {
            WriteSegmentName(segment, candidate.Priority);
        }

        _writer.WriteBoolean("applies"u8, candidate.Standing == OverrideStanding.Applied);
        if (candidate.Standing == OverrideStanding.NotEvaluated)
        {
            _writer.WriteString("not_evaluated"u8, _keys.OfSentence(candidate.Because));
        }
        else
        {
            WriteOutcome(candidate, winner);
        }

        _writer.WriteEndObject();
    }

    private void WriteOutcome(OverrideExplanation candidate, OverrideExplanation? winner)
    {
        if (candidate.Segment is { } segment)
        {
            _writer.WriteBoolean("matched"u8, segment.IsMatch);
        }

        _writer.WriteBoolean("lost"u8, candidate.Standing == OverrideStanding.Lost);
        if (candidate.Standing == OverrideStanding.Lost)
        {
            _writer.WriteString("lost_to"u8, winner?.Segment?.Name ?? "identity_override");
        }

        _writer.WriteString("because"u8, _keys.OfSentence(candidate.Because));
        if (candidate.Segment is { } unmatched && candidate.Standing != OverrideStanding.Applied)
        {
            WriteRules(unmatched);
        }
    }

    private void WriteSegmentName(SegmentExplanation segment, double? priority)
    {
        if (long.TryParse(segment.Key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id))
        {
            _writer.WriteNumber("id"u8, id);
        }
        else
        {
            _writer.WriteString("id"u8, segment.Key);
        }

        _writer.WriteString("name"u8, segment.Name);
        if (priority is { } number && double.IsFinite(number))
        {
            _writer.WriteNumber("priority"u8, number);
        }
        else
        {
            _writer.WriteNull("priority"u8);
        }
    }

    /// <summary>Writes the variants of the environment's own state, of which none is picked without an identity.</summary>
    private void WriteOffers(string feature)
    {
        _writer.WriteStartArray("offers"u8);
        if (_states.TryGetValue(feature, out var state))
        {
            foreach (var variant in state.Variants)
            {
                _writer.WriteStartObject();
                WriteScalar("value"u8, variant.Value);
                _writer.WriteString("key"u8, variant.Key);
                WriteScalar("weight"u8, variant.Weight);
                _writer.WriteEndObject();
            }
        }

        _writer.WriteEndArray();
    }

    private void WriteVariants(VariantsExplanation? variants)
    {
        if (variants is null)
        {
            _writer.WriteNull("variants"u8);
            return;
        }

        _writer.WriteStartObject("variants"u8);
        _writer.WriteNumber("bucket"u8, variants.Bucket);
        _writer.WriteStartArray("ranges"u8);
        foreach (var range in variants.Ranges)
        {
            _writer.WriteStartObject();
            WriteScalar("value"u8, range.Variant.Value);
            _writer.WriteString("key"u8, range.Variant.Key);
            WriteFinite("from"u8, range.From);
            WriteFinite("to"u8, range.To);
            _writer.WriteBoolean("picked"u8, range.IsPicked);
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
        _writer.WriteEndObject();
    }

    private void WriteVisibility(FlagExplanation flag)
    {
        _writer.WriteStartObject("visible"u8);
        _writer.WriteBoolean("client"u8, flag.HiddenFromClients is null);
        _writer.WriteBoolean("server"u8, value: true);
        _writer.WriteString("because"u8, flag.HiddenFromClients);
        _writer.WriteEndObject();
    }
}
