using Unroll.Generator.Graph;

namespace Unroll.Generator.Planning;

/// <summary>The greatest value or the mean of each channel under a window.</summary>
internal sealed record PoolPlan(Pooling Pooling, WindowGeometry Geometry) : KernelPlan
{
    public override bool TakesSamples => true;

    public override int ComputedColumns => PanelLayout.Computed(Geometry.X.Channels);
}

/// <summary>The gradient of <see cref="PoolPlan"/>.</summary>
internal sealed record PoolGradientPlan(Pooling Pooling, WindowGeometry Geometry) : KernelPlan
{
    public override bool TakesSamples => true;

    public override int ComputedColumns => PanelLayout.Computed(Geometry.X.Channels);

    /// <summary>Whether no two windows share a pixel: then none receives twice.</summary>
    public bool IsDisjoint => Geometry.Window.Rows.Stride >= Geometry.Window.Rows.Size
        && Geometry.Window.Columns.Stride >= Geometry.Window.Columns.Size;

    /// <summary>Whether every pixel is in just one window: then none is left without a gradient.</summary>
    public bool IsExact => IsTiled(Geometry.Window.Rows, Geometry.X.Rows, Geometry.Y.Rows)
        && IsTiled(Geometry.Window.Columns, Geometry.X.Columns, Geometry.Y.Columns);

    private static bool IsTiled(WindowAxis axis, int x, int y) => axis.Stride == axis.Size && axis.Before == 0 && y * axis.Size == x;
}

/// <summary>The greatest value or the mean of each channel over all pixels.</summary>
internal sealed record GlobalPoolPlan(Pooling Pooling, int Pixels, int Channels, int XStride, int YStride) : KernelPlan
{
    public override bool TakesSamples => true;
}

/// <summary>The gradient of <see cref="GlobalPoolPlan"/>.</summary>
internal sealed record GlobalPoolGradientPlan(Pooling Pooling, int Pixels, int Channels, int XStride, int YStride) : KernelPlan
{
    public override bool TakesSamples => true;
}
