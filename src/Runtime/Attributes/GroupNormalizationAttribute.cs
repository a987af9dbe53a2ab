namespace Unroll;

/// <summary>
/// Group normalization (Wu and He, 2018): each group of channels of a sample has mean 0 and variance 1 over all positions, then
/// <c>y = gamma·x̂ + beta</c>.
/// </summary>
/// <remarks>
/// Output shape: the input's. Parameters, each [channels]: <c>gamma</c> (starts at 1) with
/// <see cref="ScaleAndCenterAttribute.Scale"/>, <c>beta</c> (starts at 0) with <see cref="ScaleAndCenterAttribute.Center"/>. Definition and
/// defaults: <c>keras.layers.GroupNormalization</c> (Keras 3).
/// </remarks>
/// <example>
/// <code>
/// [Conv2D(64, 3)]
/// [GroupNormalization(8)]
/// </code>
/// </example>
/// <param name="groups">Into how many groups the channels are cut, a divisor of them; −1: each channel by itself. Default: 32.</param>
public sealed class GroupNormalizationAttribute(int groups = 32) : ScaleAndCenterAttribute
{
    /// <summary>Into how many groups the channels are cut; −1: each channel by itself.</summary>
    public int Groups { get; } = groups;

    /// <summary>The axis of the channels: 1 is the first one of a sample, −1 the last. Default: −1.</summary>
    public int Axis { get; set; } = -1;
}
