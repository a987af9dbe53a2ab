namespace Unroll;

/// <summary>What the layers have in common that move the pixels of an image by a random amount.</summary>
/// <remarks>A pixel of the result is computed at the place that its centre comes from, which may lie between pixels or outside the image.</remarks>
public abstract class RandomTransformAttribute : LayerAttribute
{
    private protected RandomTransformAttribute()
    {
    }

    /// <summary>What there is outside the image. Default: <see cref="FillMode.Reflect"/>.</summary>
    public FillMode FillMode { get; set; }

    /// <summary>
    /// How a value between pixels is computed: by straight lines between their centres, or as the nearest of them (half-way, the lower or the
    /// right one). Default: <see cref="Interpolation.Bilinear"/>.
    /// </summary>
    public Interpolation Interpolation { get; set; } = Interpolation.Bilinear;

    /// <summary>What <see cref="FillMode.Constant"/> fills with, a finite number; an error with another mode. Default: 0.</summary>
    public float FillValue { get; set; }
}
