using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Http.Overload;

/// <summary>
/// Divides the capacity among environments by max-min fairness: an environment that demands less than its fair share loses
/// nothing, and the rest is shared by the others. So a flood for one environment is rejected there.
/// </summary>
internal sealed class FairShares
{
    // The weight of the latest interval in an environment's demand.
    private const double Weight = 0.25;
    private const int MinShare = EnvironmentLoad.All / 32;

    private readonly List<EnvironmentLoad> _active = [];

    /// <summary>Sets the share of each environment.</summary>
    /// <param name="environments">All environments.</param>
    /// <param name="share">The share of all requests together to accept, of <see cref="EnvironmentLoad.All"/>.</param>
    public void Update(IEnumerable<EnvironmentState> environments, int share)
    {
        _active.Clear();
        var demand = 0.0;
        foreach (var environment in environments)
        {
            var load = environment.Load;
            var taken = load.Share == EnvironmentLoad.Unknown ? 1 : (double)load.Share / EnvironmentLoad.All;
            load.Demand += Weight * ((load.Take() / taken) - load.Demand);
            if (load.Demand < 1)
            {
                load.Share = EnvironmentLoad.All;
                continue;
            }

            _active.Add(load);
            demand += load.Demand;
        }

        var level = LevelOf(demand * share / EnvironmentLoad.All);
        foreach (var load in _active)
        {
            load.Share = load.Demand <= level ? EnvironmentLoad.All : Math.Max(MinShare, (int)(EnvironmentLoad.All * level / load.Demand));
        }
    }

    /// <summary>Resets all shares and demands.</summary>
    public static void Reset(IEnumerable<EnvironmentState> environments)
    {
        foreach (var environment in environments)
        {
            environment.Load.Share = EnvironmentLoad.Unknown;
            environment.Load.Demand = 0;
            environment.Load.Take();
        }
    }

    /// <summary>Finds the maximum for each environment at which all together get this much.</summary>
    private double LevelOf(double capacity)
    {
        _active.Sort(static (left, right) => left.Demand.CompareTo(right.Demand));
        for (var i = 0; i < _active.Count; i++)
        {
            var fair = capacity / (_active.Count - i);
            if (_active[i].Demand > fair)
            {
                return fair;
            }

            capacity -= _active[i].Demand;
        }

        return double.PositiveInfinity;
    }
}
