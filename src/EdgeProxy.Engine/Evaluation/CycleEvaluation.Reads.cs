namespace EdgeProxy.Engine.Evaluation;

/// <content>Reads of flags, and the detection of cycles.</content>
internal sealed partial class CycleEvaluation
{
    private const int NotOnStack = -1;

    private readonly List<int> _path = [];

    /// <summary>Reads a flag path, candidate by candidate; false if a feature has to be resolved first.</summary>
    private bool TryRead(EvaluationFrame frame, FlagDependencies dependencies, int path, ref Activation top, Span<int> outcomes)
    {
        var candidates = dependencies.Paths[path].Candidates;
        for (; top.Candidate < candidates.Length; top.Candidate++)
        {
            ref readonly var candidate = ref candidates[top.Candidate];
            if (candidate.CyclicFeature >= 0)
            {
                switch (_resolutions[candidate.CyclicFeature])
                {
                    case Resolution.Unread:
                        Push(candidate.CyclicFeature);
                        return false;
                    case Resolution.OnStack or Resolution.Cyclic:
                        Hit(candidate.CyclicFeature, ref top);
                        continue;
                }
            }

            if (frame.TryReadFlag(path, in candidate, outcomes))
            {
                return true;
            }
        }

        frame.SetNoFlagValue(path);
        return true;
    }

    /// <summary>
    /// Records a cycle: the flags from the lowest one that the read leads back to up to the top are its members.
    /// </summary>
    private void Hit(int feature, ref Activation top)
    {
        _hits++;
        var place = PlaceReached(feature);
        if (place != NotOnStack)
        {
            _stack[place].IsReadAgain = true;
            top.Lowest = Math.Min(top.Lowest, place);
        }
    }

    /// <summary>Finds the lowest position on the stack that a feature leads back to. Shortens the links on the way.</summary>
    private int PlaceReached(int feature)
    {
        _path.Clear();
        var at = feature;
        while (_resolutions[at] == Resolution.Cyclic && _links[at] != at)
        {
            _path.Add(at);
            at = _links[at];
        }

        foreach (var passed in _path)
        {
            _links[passed] = at;
        }

        return _resolutions[at] == Resolution.OnStack ? _links[at] : NotOnStack;
    }
}
