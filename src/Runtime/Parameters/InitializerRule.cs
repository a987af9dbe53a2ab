using Unroll.Compiled;

namespace Unroll.Parameters;

/// <summary>An initializer and its arguments; those it does not take are not read.</summary>
internal readonly record struct InitializerRule(
    Initializer Initializer,
    float Scale = 1f,
    float Value = 0f,
    FanMode Mode = FanMode.FanIn,
    InitializerDistribution Distribution = InitializerDistribution.TruncatedNormal)
{
    public static InitializerRule Of(ParameterDescription parameter) => new(
        parameter.Initializer,
        parameter.InitializerScale,
        parameter.InitializerValue,
        parameter.InitializerMode,
        parameter.InitializerDistribution);
}
