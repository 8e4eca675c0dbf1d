namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>A fault put in on purpose, for the simulation to find.</summary>
public enum DeliberateFault
{
    /// <summary>None.</summary>
    None,

    /// <summary>The store does not check the token of a lease.</summary>
    NoFencing,

    /// <summary>Members take any document that the store has.</summary>
    NewsWithoutComparing,

    /// <summary>Members do not know after a restart what they served before.</summary>
    ForgottenFloor,
}
