using EdgeProxy.Engine.Compilation.Operators;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Explanations;

/// <content>Segments, rules and conditions.</content>
internal sealed partial class ExplanationWriter
{
    private void WriteRules(SegmentExplanation segment)
    {
        if (!HasRoom)
        {
            _writer.WriteBoolean("rules_omitted"u8, value: true);
            return;
        }

        // All rules of a segment must match, as if they were in one rule of this type.
        _writer.WriteStartObject("rules"u8);
        _writer.WriteString("type"u8, RuleTypes.All);
        _writer.WriteBoolean("result"u8, segment.IsMatch);
        if (segment.IsCircular)
        {
            _writer.WriteBoolean("circular"u8, value: true);
        }

        WriteList("rules"u8, segment.Rules, WriteRule);
        _writer.WriteEndObject();
    }

    private void WriteRule(RuleExplanation rule)
    {
        _writer.WriteStartObject();
        _writer.WriteString("type"u8, rule.Type);
        WriteResult(rule.Result);
        WriteIfAny("problem"u8, rule.Problem);
        WriteList("conditions"u8, rule.Conditions, WriteCondition);
        WriteList("rules"u8, rule.Rules, WriteRule);
        _writer.WriteEndObject();
    }

    private void WriteCondition(ConditionExplanation explanation)
    {
        var condition = explanation.Condition;
        _writer.WriteStartObject();
        _writer.WriteString("property"u8, condition.Property);
        _writer.WriteString("operator"u8, condition.Operator);
        WriteOperand(condition);
        WriteResult(explanation.Result);
        if (explanation.Result is not null)
        {
            WriteValue(explanation);
        }

        _writer.WriteEndObject();
    }

    private void WriteOperand(SegmentCondition condition)
    {
        var values = condition.Values
            ?? (condition is { Operator: ConditionOperators.In, Value: { } list } ? InOperand.Items(list, out _) : null);
        if (values is null)
        {
            _writer.WriteString("operand"u8, condition.Value is { } value ? _keys.OfOperand(value) : null);
            return;
        }

        _writer.WriteStartArray("operand"u8);
        foreach (var value in values)
        {
            _writer.WriteStringValue(_keys.OfOperand(value));
        }

        _writer.WriteEndArray();
    }

    private void WriteValue(ConditionExplanation explanation)
    {
        _writer.WriteString("found"u8, explanation.Origin switch
        {
            ValueOrigin.Trait => "trait"u8,
            ValueOrigin.NullTrait => "null"u8,
            ValueOrigin.Path => "path"u8,
            ValueOrigin.Flag => "flag"u8,
            ValueOrigin.IdentityKey => "identity_key"u8,
            ValueOrigin.InvalidPath => "invalid_path"u8,
            _ => "missing"u8,
        });
        if (explanation.ValueType != ScalarKind.Null)
        {
            WriteScalar("value"u8, explanation.Value);
            _writer.WriteString("as"u8, NameOf(explanation.ValueType));
            _writer.WriteString("text"u8, _keys.OfValue(explanation.ValueText!));
            WriteIfAny("operand_as"u8, TypeOfOperand(explanation));
        }

        WriteIfAny("flag"u8, explanation.Flag);
        WriteIfTrue("circular"u8, explanation.IsCircular);
        WriteIfTrue("aborted"u8, explanation.IsAborted);
        WriteIfAny("problem"u8, explanation.Problem is { } problem ? _keys.OfSentence(problem) : null);
        if (explanation.Bucket is { } bucket)
        {
            _writer.WriteNumber("bucket"u8, bucket);
        }

        if (explanation.Threshold is { } threshold)
        {
            WriteFinite("threshold"u8, threshold);
        }

        _writer.WriteString("sentence"u8, _keys.OfSentence(explanation.Sentence));
    }

    /// <summary>The type that the operand of a comparison was converted to: that of the value, or a version; null if it could not be.</summary>
    private static string? TypeOfOperand(ConditionExplanation explanation) => explanation switch
    {
        { Problem: not null } or { Condition.Value: null } => null,
        { Condition.Operator: var name } when !IsComparison(name) => null,
        { ValueType: ScalarKind.String, Condition.Value: { } operand } when operand.EndsWith(ComparisonOperand.VersionSuffix, StringComparison.Ordinal) => "version",
        _ => NameOf(explanation.ValueType),
    };

    private static bool IsComparison(string name) => name
        is ConditionOperators.Equal or ConditionOperators.NotEqual
        or ConditionOperators.GreaterThan or ConditionOperators.GreaterThanInclusive
        or ConditionOperators.LessThan or ConditionOperators.LessThanInclusive;

    private static string NameOf(ScalarKind kind) => kind switch
    {
        ScalarKind.Integer => "integer",
        ScalarKind.Double => "float",
        ScalarKind.Boolean => "boolean",
        _ => "string",
    };

    private void WriteResult(bool? result)
    {
        if (result is { } value)
        {
            _writer.WriteBoolean("result"u8, value);
        }
        else
        {
            _writer.WriteBoolean("not_evaluated"u8, value: true);
        }
    }

    private void WriteScalar(ReadOnlySpan<byte> name, ScalarValue value)
    {
        _writer.WritePropertyName(name);
        if (value.Kind == ScalarKind.String)
        {
            _writer.WriteStringValue(_keys.OfValue(value.Text));
        }
        else
        {
            _writer.WriteRawValue(value.Text);
        }
    }

    /// <summary>Writes a number; null for one that JSON does not have.</summary>
    private void WriteFinite(ReadOnlySpan<byte> name, double value)
    {
        if (double.IsFinite(value))
        {
            _writer.WriteNumber(name, value);
        }
        else
        {
            _writer.WriteNull(name);
        }
    }

    private void WriteList<T>(ReadOnlySpan<byte> name, IReadOnlyList<T> items, Action<T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        _writer.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        _writer.WriteEndArray();
    }

    private void WriteIfAny(ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            _writer.WriteString(name, text);
        }
    }

    private void WriteIfTrue(ReadOnlySpan<byte> name, bool isTrue)
    {
        if (isTrue)
        {
            _writer.WriteBoolean(name, value: true);
        }
    }
}
