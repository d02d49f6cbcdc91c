package org.nestor.bugs.software;

import java.util.ArrayList;
import java.util.List;
import org.nestor.iommu.smmuv3.SteImage;
import org.nestor.iommu.smmuv3.SteUpdate;

/** Stores the doubleword with V and Config before the others. */
public final class ConfigurationFirst extends SteUpdate {
    @Override
    public List<SteImage> images(SteImage old, SteImage target) {
        List<SteImage> images = new ArrayList<>();
        images.add(old.withDw0(target.dw0()));
        images.addAll(super.images(images.get(0), target));
        return images;
    }
}
