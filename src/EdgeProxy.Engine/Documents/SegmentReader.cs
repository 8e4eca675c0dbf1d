using System.Globalization;
using System.Text.Json;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Documents;

/// <summary>
/// Reads the segments of a document. An invalid condition or rule never matches; an invalid segment is left out.
/// </summary>
internal sealed class SegmentReader
{
    private const int MaxSharedTexts = 1000;

    private readonly PartReader _parts;

    // Conditions repeat a few types, operators and properties: of each one string is enough.
    private readonly HashSet<string> _sharedTexts = new(StringComparer.Ordinal);

    public SegmentReader(PartReader parts)
    {
        _parts = parts;
    }

    /// <summary>Reads the segments and their paths; a repeated id keeps its first position and its last content.</summary>
    public IEnumerable<(Segment Segment, DocumentPath Path)> Read(DocumentElement segments)
    {
        var byKey = new OrderedDictionary<string, (Segment Segment, DocumentPath Path)>(StringComparer.Ordinal);
        foreach (var (segment, path) in _parts.Each(segments, element => Tuple.Create(ReadSegment(element), element.Path)))
        {
            byKey[segment.Key] = (segment, path);
        }

        return byKey.Values;
    }

    private Segment ReadSegment(DocumentElement element)
    {
        var id = element.Member("id");
        return new Segment
        {
            Key = id.Kind == JsonValueKind.String ? id.AsString() : id.AsId().ToString(CultureInfo.InvariantCulture),
            Name = _parts.Optional(element.Member("name"), static name => name.AsOptionalString()) ?? "",
            Rules = ReadRules(element.Member("rules")),
            Overrides = _parts.Each(element.Member("feature_states"), ReadOverride),
        };
    }

    private SegmentOverride ReadOverride(DocumentElement element) => new()
    {
        State = _parts.ReadFeatureState(element),
        Priority = _parts.Optional(element, static element => ReadPriority(element)),
    };

    private static double? ReadPriority(DocumentElement element)
    {
        var featureSegment = element.Member("feature_segment");
        if (featureSegment.IsUnset)
        {
            return null;
        }

        var priority = featureSegment.Member("priority");
        return priority.IsUnset ? null : priority.AsNumber().AsDouble();
    }

    private List<SegmentRule> ReadRules(DocumentElement rules) => ReadAll(rules, ReadRule, SegmentRule.Never, "the rule never matches");

    private SegmentRule ReadRule(DocumentElement element) => new()
    {
        Type = Share(element.Member("type").AsString()),
        Conditions = ReadAll(element.Member("conditions"), ReadCondition, SegmentCondition.Never, "the condition never holds"),
        Rules = ReadRules(element.Member("rules")),
    };

    private SegmentCondition ReadCondition(DocumentElement element)
    {
        var value = element.Member("value");
        var condition = new SegmentCondition
        {
            Property = Share(element.Member("property_").AsOptionalString() ?? ""),
            Operator = Share(element.Member("operator").AsString()),
        };
        return value.Kind switch
        {
            JsonValueKind.Array when condition.Operator == ConditionOperators.In => condition with
            {
                Values = [.. value.Items().Select(static item => item.ToPlainText()).OfType<string>()],
            },
            JsonValueKind.Array or JsonValueKind.Object => throw new InvalidPartException(value.Path, "is not a text"),
            JsonValueKind.Null or JsonValueKind.Undefined => condition,
            JsonValueKind.String => condition with { Value = value.AsString() },
            _ => condition with { Value = value.ToPlainText() },
        };
    }

    private string Share(string text)
    {
        if (_sharedTexts.TryGetValue(text, out var earlier))
        {
            return earlier;
        }

        if (_sharedTexts.Count < MaxSharedTexts)
        {
            _sharedTexts.Add(text);
        }

        return text;
    }

    /// <summary>
    /// Reads all items, with one that never matches for each invalid one: leaving it out would widen an <c>ALL</c>. The
    /// same if the list is not a list.
    /// </summary>
    private List<T> ReadAll<T>(DocumentElement array, Func<DocumentElement, T> read, T never, string consequence)
    {
        var items = new List<T>();
        try
        {
            foreach (var element in array.Items())
            {
                _parts.Reserve.Check();
                try
                {
                    items.Add(read(element));
                }
                catch (InvalidPartException exception)
                {
                    _parts.Report(exception, consequence);
                    items.Add(never);
                }
            }
        }
        catch (InvalidPartException exception)
        {
            _parts.Report(exception, consequence);
            items.Add(never);
        }

        return items;
    }
}
