using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Documents;

/// <summary>
/// The identity overrides of a document as bytes: there may be a hundred thousand, so objects are not created for them.
/// Plain ones go from the bytes to the receiver; others are read like every other part of a document, which reports their
/// problems.
/// </summary>
internal sealed class DocumentOverrides
{
    private readonly ReadOnlyMemory<byte> _array;
    private readonly ProblemList _problems;
    private readonly int _problemsBefore;

    /// <param name="array">The array of overrides.</param>
    /// <param name="count">The number of items.</param>
    /// <param name="problems">The problems found in the document before; problems of the overrides are appended.</param>
    public DocumentOverrides(ReadOnlyMemory<byte> array, int count, ProblemList problems)
    {
        _array = array;
        Count = count;
        _problems = problems;
        _problemsBefore = problems.Count;
    }

    /// <summary>The number of overrides, including invalid ones.</summary>
    public int Count { get; }

    /// <summary>Reads all overrides. Once only: problems are reported each time.</summary>
    public void ReadTo(IOverrideReceiver receiver)
    {
        var problems = new ProblemList(_problems.Budget);
        Read(receiver, problems);
        _problems.Insert(_problemsBefore, problems);
    }

    /// <summary>Reads all overrides without reporting problems; any number of times.</summary>
    public void ReadAgainTo(IOverrideReceiver receiver) => Read(receiver, new ProblemList(StepBudget.Unlimited()));

    private void Read(IOverrideReceiver receiver, ProblemList problems)
    {
        var parts = new PartReader(problems);
        using var plain = new PlainOverrideReader();
        var reader = new Utf8JsonReader(_array.Span, new JsonReaderOptions { MaxDepth = EnvironmentDocumentReader.MaxDepth });
        reader.Read();
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            var start = (int)reader.TokenStartIndex;
            var ahead = reader;
            if (plain.TryRead(ref ahead))
            {
                reader = ahead;
                plain.GiveTo(receiver, _array.Span);
            }
            else
            {
                reader.Skip();
                ReadOdd(_array[start..(int)reader.BytesConsumed], i, parts, receiver);
            }
        }
    }

    private static void ReadOdd(ReadOnlyMemory<byte> item, int index, PartReader parts, IOverrideReceiver receiver)
    {
        var path = DocumentPath.Root.Member(EnvironmentDocumentReader.IdentityOverrides).Item(index);
        if (parts.Optional(new DocumentElement(DocumentTree.Read(item), path), parts.ReadIdentityOverride) is not { } found)
        {
            return;
        }

        var identifier = Encoding.UTF8.GetBytes(found.Identifier);
        foreach (var state in found.States)
        {
            receiver.Receive(identifier, new OverrideState
            {
                FeatureName = Encoding.UTF8.GetBytes(state.Name),
                FeatureId = state.FeatureId ?? throw new InvalidOperationException("States of documents have ids."),
                Enabled = state.Enabled,
                ValueKind = state.Value.Kind,
                Value = Encoding.UTF8.GetBytes(state.Value.Text),
                Metadata = state.Metadata is JsonElement metadata ? JsonMarshal.GetRawUtf8Value(metadata) : default,
            });
        }
    }
}
