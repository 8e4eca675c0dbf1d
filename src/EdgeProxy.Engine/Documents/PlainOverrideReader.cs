using System.Text.Json;
using EdgeProxy.Engine.Buffers;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Documents;

/// <summary>
/// Reads plain identity overrides from the bytes into reused buffers. Rejects one with anything unusual, such as an invalid
/// or missing member: <see cref="PartReader"/> handles these, and for plain ones both give the same result.
/// </summary>
internal sealed partial class PlainOverrideReader : IDisposable
{
    private readonly PooledList<byte> _text = new(512);
    private readonly PooledList<State> _states = new(16);
    private TextRange _identifier;

    /// <summary>Reads an override.</summary>
    /// <param name="reader">At its first token; after success at its last.</param>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        _text.Truncate(0);
        _states.Truncate(0);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var hasIdentifier = false;
        var hasStates = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueIsEscaped)
            {
                return false;
            }

            var name = reader.ValueSpan;
            bool isPlain;
            if (name.SequenceEqual("identifier"u8))
            {
                isPlain = !hasIdentifier && reader.Read() && TryTakeText(ref reader, out _identifier);
                hasIdentifier = true;
            }
            else if (name.SequenceEqual("identity_features"u8))
            {
                isPlain = !hasStates && reader.Read() && TryReadStates(ref reader);
                hasStates = true;
            }
            else
            {
                isPlain = reader.TrySkip();
            }

            if (!isPlain)
            {
                return false;
            }
        }

        return hasIdentifier;
    }

    /// <summary>Passes the override to the receiver.</summary>
    /// <param name="receiver">The receiver.</param>
    /// <param name="json">The text that was read.</param>
    public void GiveTo(IOverrideReceiver receiver, ReadOnlySpan<byte> json)
    {
        foreach (ref readonly var state in _states.Items)
        {
            receiver.Receive(TextOf(_identifier), new OverrideState
            {
                FeatureName = TextOf(state.Name),
                FeatureId = state.FeatureId,
                Enabled = state.Enabled,
                ValueKind = state.ValueKind,
                Value = TextOf(state.Value),
                Metadata = json.Slice(state.Metadata.Start, state.Metadata.Length),
            });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _text.Dispose();
        _states.Dispose();
    }

    /// <summary>Determines whether every item of an array is what it should be; null is as good as an empty one.</summary>
    private bool AreItems(ref Utf8JsonReader reader, ItemTest isItem)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return reader.TokenType == JsonTokenType.Null;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!isItem(this, ref reader))
            {
                return false;
            }
        }

        return true;
    }

    private ReadOnlySpan<byte> TextOf(TextRange range) => _text.Items.Slice(range.Start, range.Length);

    private delegate bool ItemTest(PlainOverrideReader self, ref Utf8JsonReader reader);

    private readonly record struct TextRange(int Start, int Length);

    private struct State
    {
        public TextRange Name;
        public long FeatureId;
        public bool Enabled;
        public ScalarKind ValueKind;
        public TextRange Value;
        public TextRange Metadata; // in the text, for it is passed on unchanged
    }
}
