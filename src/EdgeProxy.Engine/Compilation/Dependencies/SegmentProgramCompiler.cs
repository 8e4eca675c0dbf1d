using EdgeProxy.Engine.Compilation.Properties;
using EdgeProxy.Engine.Compilation.Rules;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Compilation.Dependencies;

/// <summary>
/// Compiles the segments whose conditions may lead into a cycle. The order of reads decides the result of a cycle, so
/// everything that may read such a flag keeps the order of the document, and none of it is folded.
/// </summary>
internal sealed class SegmentProgramCompiler
{
    // Registers of a rule: its result, that of its rules, and that of the current item.
    private const int Rules = 1;
    private const int Item = 2;

    private readonly RuleCompiler _rules;
    private readonly DependencyGraph _graph;
    private readonly List<Instruction> _instructions = [];
    private int _registerCount;

    /// <param name="rules">Compiles the conditions, and the rules that read no such flag.</param>
    /// <param name="graph">The dependencies.</param>
    public SegmentProgramCompiler(RuleCompiler rules, DependencyGraph graph)
    {
        _rules = rules;
        _graph = graph;
    }

    /// <summary>Compiles a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="path">The segment's path, for problems.</param>
    public SegmentProgram Compile(Segment segment, DocumentPath path)
    {
        _instructions.Clear();
        _registerCount = 1;
        EmitList(RuleTypes.All, segment.Rules.Count, result: 0, item: 1, i => EmitRule(segment.Rules[i], segment.Key, path.Member("rules").Item(i), register: 1, depth: 0));
        return new SegmentProgram([.. _instructions], _registerCount);
    }

    private void EmitRule(SegmentRule rule, string segmentKey, DocumentPath path, int register, int depth)
    {
        Use(register);
        if (depth > RuleCompiler.MaxDepth || rule.Type is not (RuleTypes.All or RuleTypes.Any or RuleTypes.None) || !ReachesCycle(rule))
        {
            Emit(Opcode.Ask, register, _rules.CompileRule(rule, segmentKey, path, depth));
            return;
        }

        EmitList(rule.Type, rule.Conditions.Count, register, register + Item, i =>
            EmitCondition(rule.Conditions[i], segmentKey, path.Member("conditions").Item(i), register + Item));
        if (rule.Rules.Count > 0)
        {
            // Even if the conditions have failed.
            EmitList(rule.Type, rule.Rules.Count, register + Rules, register + Item, i =>
                EmitRule(rule.Rules[i], segmentKey, path.Member("rules").Item(i), register + Item, depth + 1));
            _instructions.Add(new Instruction(Opcode.And, register, register + Rules));
        }
    }

    private void EmitCondition(SegmentCondition condition, string segmentKey, DocumentPath path, int register)
    {
        var source = _rules.Properties.Resolve(condition.Property);
        if (source.FallbackFlagPath is { } flagPath && _graph.PathReachesCycle(flagPath))
        {
            _instructions.Add(new Instruction(Opcode.Read, flagPath, source.Slot!.Value));
        }

        Emit(Opcode.Ask, register, _rules.CompileCondition(condition, segmentKey, path));
    }

    /// <summary>Compiles items, evaluated up to the one that decides.</summary>
    private void EmitList(string type, int count, int result, int item, Action<int> emitItem)
    {
        Use(item);
        var decisive = type != RuleTypes.All;
        var ifDecided = type == RuleTypes.Any;
        if (count > 0)
        {
            _instructions.Add(new Instruction(Opcode.Set, result, Flag: ifDecided));
        }

        var jumps = new List<int>();
        for (var i = 0; i < count; i++)
        {
            emitItem(i);
            jumps.Add(_instructions.Count);
            _instructions.Add(new Instruction(Opcode.JumpIf, item, Flag: decisive));
        }

        _instructions.Add(new Instruction(Opcode.Set, result, Flag: count == 0 || !ifDecided));
        foreach (var jump in jumps)
        {
            _instructions[jump] = _instructions[jump] with { B = _instructions.Count };
        }
    }

    private void Emit(Opcode opcode, int register, RuleNode node) =>
        _instructions.Add(new Instruction(opcode, register, Matcher: node.Matcher));

    private void Use(int register) => _registerCount = Math.Max(_registerCount, register + 1);

    private bool ReachesCycle(SegmentRule rule)
    {
        var open = new Stack<SegmentRule>([rule]);
        while (open.TryPop(out var inner))
        {
            if (inner.Conditions.Any(ReachesCycle))
            {
                return true;
            }

            foreach (var child in inner.Rules)
            {
                open.Push(child);
            }
        }

        return false;
    }

    private bool ReachesCycle(SegmentCondition condition) =>
        _rules.Properties.FlagPaths?.Find(condition.Property) is { } path and not FlagPathTable.NoPath && _graph.PathReachesCycle(path);
}
