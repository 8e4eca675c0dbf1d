namespace EdgeProxy.Engine.Evaluation;

/// <summary>
/// Evaluates the segments and features of a <see cref="CyclePlan"/> by the algorithm of docs/spec/flag-dependencies.md 3 and 4. The state of
/// one evaluation; a frame keeps it for the next. Allocates nothing once its buffers have grown, and does not recurse.
/// </summary>
/// <remarks>
/// The algorithm resolves a member of a cycle again each time it is read, which can take exponential time. Here each flag
/// is resolved at most once, with the same result: whether a read returns a value, and which, is the same throughout an
/// evaluation. A flag on a cycle never has one, reading it again always meets the cycle again, and everything below it was
/// read the first time. What remains of another read is which flags on the stack become members of a cycle: those above the
/// lowest one that it leads back to. That one is kept as a link (Tarjan's algorithm for strongly connected components).
/// </remarks>
internal sealed partial class CycleEvaluation
{
    private Activation[] _stack = [];
    private int _depth;
    private Resolution[] _resolutions = [];

    // By feature: its place on the stack; once it is popped as a member of a cycle, the feature that it led back to.
    private int[] _links = [];
    private Verdict[] _verdicts = [];
    private bool[] _matches = [];
    private bool[] _registers = [];
    private int _registerCount;
    private int _hits;

    /// <summary>Determines whether a feature was found to depend on itself.</summary>
    public bool IsCyclic(int feature) => _resolutions[feature] == Resolution.Cyclic;

    /// <summary>Determines whether a segment matches, by its number in <see cref="CyclePlan.Segments"/>.</summary>
    public bool Matches(int segment) => _matches[segment];

    /// <summary>Evaluates all segments, then decides the features.</summary>
    public void Run(EvaluationFrame frame, FlagDependencies dependencies, CyclePlan plan, Span<int> outcomes)
    {
        Begin(plan);
        Push(Activation.AllSegments);
        while (true)
        {
            ref var top = ref _stack[_depth - 1];
            if (top.ProgramCounter == Activation.Idle && !TryStartNext(plan, ref top))
            {
                if (top.Feature == Activation.AllSegments)
                {
                    break;
                }

                Pop(frame, plan, outcomes);
            }
            else if (TryExecute(frame, dependencies, plan, ref top, outcomes))
            {
                Conclude(plan, ref top);
            }
        }

        DecideOthers(frame, plan, outcomes);
    }

    private void Begin(CyclePlan plan)
    {
        if (_resolutions.Length < plan.Features.Length)
        {
            _resolutions = new Resolution[plan.Features.Length];
            _links = new int[plan.Features.Length];
            _stack = new Activation[plan.Features.Length + 1];
        }

        if (_verdicts.Length < plan.Segments.Length)
        {
            _verdicts = new Verdict[plan.Segments.Length];
            _matches = new bool[plan.Segments.Length];
        }

        _resolutions.AsSpan(0, plan.Features.Length).Clear();
        _verdicts.AsSpan(0, plan.Segments.Length).Clear();
        _matches.AsSpan(0, plan.Segments.Length).Clear();
        _depth = 0;
        _registerCount = 0;
        _hits = 0;
    }

    private void Push(int feature)
    {
        _stack[_depth] = new Activation
        {
            Feature = feature,
            ProgramCounter = Activation.Idle,
            BestRank = int.MaxValue,
            Lowest = _depth,
        };
        if (feature != Activation.AllSegments)
        {
            _resolutions[feature] = Resolution.OnStack;
            _links[feature] = _depth;
        }

        _depth++;
    }

    /// <summary>Starts the next segment without a verdict; false if there is none.</summary>
    private bool TryStartNext(CyclePlan plan, ref Activation top)
    {
        var count = top.Feature == Activation.AllSegments ? plan.Segments.Length : plan.Features[top.Feature].Overrides.Length;
        for (; top.Next < count; top.Next++)
        {
            var (segment, rank) = Current(plan, in top);
            if (_verdicts[segment] == Verdict.Unknown)
            {
                top.ProgramCounter = 0;
                top.Candidate = 0;
                top.HitsBefore = _hits;
                top.FirstRegister = _registerCount;
                Reserve(plan.Segments[segment].RegisterCount);
                return true;
            }

            if (_verdicts[segment] == Verdict.Match)
            {
                Count(ref top, segment, rank);
            }
        }

        return false;
    }

    private static CyclicOverride Current(CyclePlan plan, in Activation top) =>
        top.Feature == Activation.AllSegments ? new CyclicOverride(top.Next, 0) : plan.Features[top.Feature].Overrides[top.Next];

    private void Reserve(int registers)
    {
        _registerCount += registers;
        if (_registers.Length < _registerCount)
        {
            Array.Resize(ref _registers, Math.Max(_registerCount, _registers.Length * 2));
        }
    }

    /// <summary>Continues the segment's program; false if it was suspended for another feature, which is now on top.</summary>
    private bool TryExecute(EvaluationFrame frame, FlagDependencies dependencies, CyclePlan plan, ref Activation top, Span<int> outcomes)
    {
        var instructions = plan.Segments[Current(plan, in top).Segment].Instructions;
        var registers = _registers.AsSpan(top.FirstRegister);
        while (top.ProgramCounter < instructions.Length)
        {
            ref readonly var instruction = ref instructions[top.ProgramCounter];
            switch (instruction.Opcode)
            {
                case Opcode.Read:
                    if (frame.Slots[instruction.B].Kind == SlotKind.None && !TryRead(frame, dependencies, instruction.A, ref top, outcomes))
                    {
                        return false;
                    }

                    top.Candidate = 0;
                    break;
                case Opcode.Ask:
                    registers[instruction.A] = instruction.Matcher!(frame);
                    break;
                case Opcode.Set:
                    registers[instruction.A] = instruction.Flag;
                    break;
                case Opcode.And:
                    registers[instruction.A] &= registers[instruction.B];
                    break;
                default:
                    if (registers[instruction.A] == instruction.Flag)
                    {
                        top.ProgramCounter = instruction.B;
                        continue;
                    }

                    break;
            }

            top.ProgramCounter++;
        }

        return true;
    }

    private void Conclude(CyclePlan plan, ref Activation top)
    {
        var (segment, rank) = Current(plan, in top);
        var matches = _registers[top.FirstRegister];
        _registerCount = top.FirstRegister;
        if (top.HitsBefore == _hits)
        {
            _verdicts[segment] = matches ? Verdict.Match : Verdict.NoMatch;
            if (matches)
            {
                Count(ref top, segment, rank);
            }
        }

        top.ProgramCounter = Activation.Idle;
        top.Next++;
    }

    private void Count(ref Activation top, int segment, int rank)
    {
        if (top.Feature == Activation.AllSegments)
        {
            _matches[segment] = true;
        }
        else
        {
            top.BestRank = Math.Min(top.BestRank, rank);
        }
    }

    /// <summary>Resolves the feature on top after all its segments were evaluated, unless it depends on itself.</summary>
    private void Pop(EvaluationFrame frame, CyclePlan plan, Span<int> outcomes)
    {
        var place = --_depth;
        ref readonly var top = ref _stack[place];
        ref var below = ref _stack[place - 1];
        below.Lowest = Math.Min(below.Lowest, top.Lowest);
        if (top.IsReadAgain || top.Lowest < place)
        {
            _resolutions[top.Feature] = Resolution.Cyclic;
            _links[top.Feature] = _stack[top.Lowest].Feature;
            return;
        }

        _resolutions[top.Feature] = Resolution.Resolved;
        frame.Decide(plan.Features[top.Feature].Place, plan, top.BestRank, outcomes);
    }

    /// <summary>Decides features that no condition read, and members of cycles, by the segments that match.</summary>
    private void DecideOthers(EvaluationFrame frame, CyclePlan plan, Span<int> outcomes)
    {
        for (var feature = 0; feature < plan.Features.Length; feature++)
        {
            if (_resolutions[feature] != Resolution.Resolved)
            {
                var best = int.MaxValue;
                foreach (var (segment, rank) in plan.Features[feature].Overrides)
                {
                    best = _matches[segment] ? Math.Min(best, rank) : best;
                }

                frame.Decide(plan.Features[feature].Place, plan, best, outcomes);
            }
        }
    }
}
