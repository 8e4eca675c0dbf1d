using System.Buffers.Text;
using System.Text.Json;

namespace EdgeProxy.Engine.Documents;

/// <content>
/// Variants. An override is never multivariate, so they have no effect; but invalid ones are reported wherever they are,
/// and so they are validated.
/// </content>
internal sealed partial class PlainOverrideReader
{
    private const VariantMembers NeededOfVariant = VariantMembers.Option | VariantMembers.Weight;

    [Flags]
    private enum VariantMembers
    {
        None = 0,
        Option = 1,
        Weight = 2,
        Id = 4,
        Uuid = 8,
    }

    [Flags]
    private enum OptionMembers
    {
        None = 0,
        Value = 1,
        Key = 2,
    }

    private bool AreVariants(ref Utf8JsonReader reader) => AreItems(ref reader, static (self, ref item) => self.IsVariant(ref item));

    private bool IsVariant(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var seen = VariantMembers.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = VariantMemberOf(reader.ValueSpan);
            if (reader.ValueIsEscaped)
            {
                return false;
            }

            seen |= member;
            reader.Read();
            var isPlain = member switch
            {
                VariantMembers.Option => IsOption(ref reader),
                VariantMembers.Weight => reader.TokenType == JsonTokenType.Number,
                VariantMembers.Id => reader.TokenType == JsonTokenType.Null || IsWholeNumber(ref reader, out _),
                VariantMembers.Uuid => reader.TokenType == JsonTokenType.Null || IsUuid(ref reader),
                _ => reader.TrySkip(),
            };
            if (!isPlain)
            {
                return false;
            }
        }

        return (seen & NeededOfVariant) == NeededOfVariant;
    }

    private bool IsOption(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var seen = OptionMembers.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = OptionMemberOf(reader.ValueSpan);
            if (reader.ValueIsEscaped)
            {
                return false;
            }

            seen |= member;
            reader.Read();
            var isPlain = member switch
            {
                OptionMembers.Value => IsScalar(ref reader),
                OptionMembers.Key => IsOptionalText(ref reader),
                _ => reader.TrySkip(),
            };
            if (!isPlain)
            {
                return false;
            }
        }

        return (seen & OptionMembers.Value) != OptionMembers.None;
    }

    /// <summary>Checks a uuid in its usual form; the other reader knows the other forms.</summary>
    private static bool IsUuid(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
        && Utf8Parser.TryParse(reader.ValueSpan, out Guid _, out var consumed, 'D')
        && consumed == reader.ValueSpan.Length;

    private static VariantMembers VariantMemberOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("multivariate_feature_option"u8) ? VariantMembers.Option
        : name.SequenceEqual("percentage_allocation"u8) ? VariantMembers.Weight
        : name.SequenceEqual("id"u8) ? VariantMembers.Id
        : name.SequenceEqual("mv_fs_value_uuid"u8) ? VariantMembers.Uuid
        : VariantMembers.None;

    private static OptionMembers OptionMemberOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("value"u8) ? OptionMembers.Value
        : name.SequenceEqual("key"u8) ? OptionMembers.Key
        : OptionMembers.None;
}
