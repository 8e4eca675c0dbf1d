using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using EdgeProxy.Engine.Compilation.Properties;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Compilation.Rules;

/// <summary>
/// Counts the uses of each condition in the rules of an environment: a cached result that is used often costs less each
/// time. Knows conditions by a hash of 64 bits only: there may be a million of them. If two had the same one, a result
/// would be cached for nothing.
/// </summary>
internal sealed class ConditionUses
{
    private readonly ulong[] _hashes; // 0 is empty
    private readonly int[] _uses;

    public ConditionUses(IReadOnlyList<Segment> segments)
    {
        var count = 0;
        ForEach(segments, (condition, _) =>
        {
            count++;
            MayReadFlags |= condition.Property.StartsWith(FlagPath.Prefix, StringComparison.Ordinal);
        });

        // At least a quarter stays empty, so that searches stay short.
        var length = (int)BitOperations.RoundUpToPowerOf2((uint)count + ((uint)count / 3) + 1);
        _hashes = new ulong[length];
        _uses = new int[length];
        ForEach(segments, (condition, segmentKey) =>
        {
            var hash = HashOf(ConditionKey.Of(condition, segmentKey));
            var at = Find(hash);
            _hashes[at] = hash;
            _uses[at]++;
        });
    }

    /// <summary>Indicates whether a condition may read a flag.</summary>
    public bool MayReadFlags { get; private set; }

    /// <summary>The number of uses of a condition of an environment.</summary>
    public int Of(ConditionKey condition) => _uses[Find(HashOf(condition))];

    private static void ForEach(IReadOnlyList<Segment> segments, Action<SegmentCondition, string> action)
    {
        // Not recursively: rules that are nested too deeply are rejected later.
        var open = new Stack<SegmentRule>();
        foreach (var segment in segments)
        {
            PushAll(open, segment.Rules);
            while (open.TryPop(out var rule))
            {
                foreach (var condition in rule.Conditions)
                {
                    action(condition, segment.Key);
                }

                PushAll(open, rule.Rules);
            }
        }
    }

    private static void PushAll(Stack<SegmentRule> open, IReadOnlyList<SegmentRule> rules)
    {
        foreach (var rule in rules)
        {
            open.Push(rule);
        }
    }

    private static ulong HashOf(ConditionKey key)
    {
        var hash = 1UL; // never 0
        foreach (var text in (ReadOnlySpan<string?>)[key.Property, key.Operator, key.Value, key.Values, key.SegmentKey])
        {
            hash = (BitOperations.RotateLeft(hash, 5) + (text is null ? 1 : XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), (long)hash))) | 1;
        }

        return hash;
    }

    private int Find(ulong hash)
    {
        var mask = _hashes.Length - 1;
        var at = (int)(hash >> 32) & mask;
        while (_hashes[at] != 0 && _hashes[at] != hash)
        {
            at = (at + 1) & mask;
        }

        return at;
    }
}
