package org.nestor.reports.site;

/** A page of the site: what its template shows. */
public interface Page {

    /** The name of its file in the site's folder. */
    String fileName();

    /** Its title, which is also its heading. */
    String title();

    /** What a link in the header of its siblings calls it, in a word or two. */
    String shortTitle();

    /** The template that shows it, with the parameters {@code page}, of its own type, and {@code site}. */
    String template();
}
